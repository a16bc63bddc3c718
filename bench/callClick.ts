/** From the click on "Start voice call" to the start of the meeting view's navigation, and where the time goes. */
import { once } from 'node:events';
import type { DesktopApp } from '../test/support/desktopApp';
import { withCallScene } from './callScene';

/** The steps of the way, in order, with what a person calls them; each lasts from the end of the one before. */
export const STEPS = {
  command: 'click to command in main',
  answer: 'keychain and lobby answer',
  check: 'room link checked',
  navigation: 'view made, navigation started',
} as const;
export type Step = keyof typeof STEPS;

/** One call: ms of each step. */
export type ClickTimes = Readonly<Record<Step, number>>;

/** `calls` calls, each left before the next. */
export function measureClicks(
  calls: number,
  progress: (line: string) => void,
): Promise<readonly ClickTimes[]> {
  return withCallScene(async ({ desktop }) => {
    const [clicks, navigations] = await Promise.all([watchClicks(desktop), watchNavigations(desktop)]);
    for (let call = 1; call <= calls; call += 1) {
      await desktop.button('Start voice call').click();
      await desktop.inCall();
      await desktop.leave();
      progress(`call ${call} of ${calls}`);
    }
    return await timesOf(desktop, await clicks.jsonValue(), await navigations.jsonValue());
  });
}

/** Collects when the start button was clicked, in ms since the Unix epoch. */
function watchClicks({ shell }: DesktopApp) {
  return shell.evaluateHandle(() => {
    const clicks: number[] = [];
    const watch = ({ target, timeStamp }: MouseEvent) => {
      const start = target instanceof Element && target.closest('button[aria-label="Start voice call"]');
      if (start) clicks.push(performance.timeOrigin + timeStamp);
    };
    addEventListener('click', watch, { capture: true });
    return clicks;
  });
}

/** Collects when each meeting view started its first navigation, in ms since the Unix epoch. */
function watchNavigations({ app }: DesktopApp) {
  return app.evaluateHandle((electron) => {
    const navigations: number[] = [];
    electron.app.on('web-contents-created', (_event, contents) => {
      contents.once('did-start-navigation', () => {
        navigations.push(performance.timeOrigin + performance.now());
      });
    });
    return navigations;
  });
}

/** A line of the app's log about a call that is on its way. */
interface LoggedStep {
  event: string;
  /** ISO time, cut to the millisecond. */
  at: string;
  /** Since the command. */
  ms: number;
}

async function timesOf(
  desktop: DesktopApp,
  clicks: readonly number[],
  navigations: readonly number[],
): Promise<readonly ClickTimes[]> {
  const { stderr } = desktop.app.process();
  const ended = stderr && !stderr.readableEnded ? once(stderr, 'end') : undefined;
  await desktop.app.close();
  await ended;
  const answered = logged(desktop.output, 'call.answered');
  const checked = logged(desktop.output, 'call.checked');
  if ([navigations, answered, checked].some(({ length }) => length !== clicks.length))
    throw new Error(
      `${clicks.length} clicks, but ${answered.length}, ${checked.length}, ${navigations.length} steps`,
    );

  return clicks.map((click, call) => {
    const [answer, check, navigation] = [answered[call], checked[call], navigations[call]];
    if (answer === undefined || check === undefined || navigation === undefined)
      throw new Error('no such call');
    // Each line puts the command within a millisecond; the later of the two is the closer one.
    const command = Math.max(commandOf(answer), commandOf(check));
    return {
      command: command - click,
      answer: answer.ms,
      check: check.ms - answer.ms,
      navigation: navigation - (command + check.ms),
    };
  });
}

const commandOf = ({ at, ms }: LoggedStep) => Date.parse(at) - ms;

function logged(output: string, event: string): LoggedStep[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LoggedStep)
    .filter((line) => line.event === event);
}
