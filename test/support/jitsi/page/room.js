// @ts-check
import { readAddress } from './address.js';
import { commandsOf, questionsOf } from './commands.js';
import { OwnDevices } from './devices.js';
import { sayLoading } from './loading.js';
import { Meeting } from './meeting.js';
import { pace } from './pace.js';
import { Postis } from './postis.js';
import { pause, work } from './takeTime.js';
import { View } from './view.js';

const address = readAddress();
const postis = new Postis(address.externalApiId);
/** @type {Meeting} */
const meeting = new Meeting(postis, address, () => view.show(meeting));
const commands = commandsOf(meeting);
const questions = questionsOf(meeting);
const devices = new OwnDevices(postis, meeting.media);
const view = new View({
  toggleAudio: () => commands['toggle-audio']?.(),
  toggleVideo: () => commands['toggle-video']?.(),
  toggleHand: () => commands['toggle-raise-hand']?.(),
  hangUp: () => meeting.hangUp(),
  logIn: (user, password) => meeting.logIn(user, password),
  knock: () => meeting.knock(),
});

postis.listen(
  (name, values) =>
    (meeting.inside || name === 'password') && Object.hasOwn(commands, name) && commands[name]?.(...values),
  async (request, answer) => {
    const known = request.type === 'devices' ? devices.questions : questions;
    if (Object.hasOwn(known, request.name)) answer(await known[request.name]?.(request));
  },
);

await devices.begin(address.firstDevices);
if (pace.rounds > 0) await work(pace.rounds);
await sayLoading(postis, address);
if (pace.waitMs > 0) await pause(pace.waitMs);
view.show(meeting);
// A top-level page joins without media only if its address says so (measured): otherwise it asks first, as this one does.
if (address.withoutPrejoin) meeting.join();
else view.askToJoin(() => meeting.join());
