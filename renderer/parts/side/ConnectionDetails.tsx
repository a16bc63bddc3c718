import { type ReactNode, useEffect, useState } from 'react';
import type { CallState } from '../../../shared/callState';
import type { DeploymentCondition, LineFigures } from '../../../shared/ipc/commands/line';
import { text } from '../../i18n/text';
import { lineWord } from '../LineSign';

/** How often the figures are read while they are shown, in ms. */
const READ_EVERY_MS = 2_000;

/** How the call reaches its deployment, and how that deployment is. */
export function ConnectionDetails({ call }: { call: CallState & { phase: 'joined' } }) {
  const figures = useFigures();
  const { meeting, room } = call;
  return (
    <>
      <dl className="figures">
        <Row name={text('side.connection.quality')}>{lineWord(call)}</Row>
        <Row name={text('side.connection.deployment')}>{new URL(room.deployment).host}</Row>
        {figures?.region !== undefined && <Row name={text('side.connection.region')}>{figures.region}</Row>}
        <Row name={text('side.connection.round-trip')}>{roundTrip(figures)}</Row>
        <Row name={text('side.connection.loss')}>
          {figures?.lossPercent === undefined
            ? text('side.connection.unmeasured')
            : text('side.connection.percent', { percent: Math.round(figures.lossPercent) })}
        </Row>
        <Row name={text('side.connection.missed')}>
          {figures === undefined || figures.probes === 0
            ? text('side.connection.unmeasured')
            : text('side.connection.of', { count: figures.missed, all: figures.probes })}
        </Row>
        <Row name={text('side.connection.way')}>
          {text(meeting.peerToPeer ? 'side.connection.way.straight' : 'side.connection.way.bridge')}
        </Row>
      </dl>
      <Condition />
    </>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function roundTrip(figures: LineFigures | undefined): string {
  if (figures?.roundTripMs === undefined) return text('side.connection.unmeasured');
  return text(`side.connection.round-trip.${figures.measured}`, { ms: Math.round(figures.roundTripMs) });
}

function useFigures(): LineFigures | undefined {
  const [figures, setFigures] = useState<LineFigures>();
  useEffect(() => {
    let gone = false;
    const read = async () => {
      const now = await window.parley.send('line/read');
      if (!gone) setFigures(now);
    };
    void read();
    const timer = setInterval(() => void read(), READ_EVERY_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, []);
  return figures;
}

/** What the lobby says of the deployment: asked when the panel opens, and again when the user wants to know. */
function Condition() {
  const [condition, setCondition] = useState<DeploymentCondition>();
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let gone = false;
    void window.parley.send('line/condition').then((answer) => {
      if (!gone) setCondition(answer);
    });
    return () => {
      gone = true;
    };
  }, [asked]);
  const mayAsk = condition?.known === true || condition?.because === 'no-answer';
  return (
    <>
      <p aria-live="polite">{condition === undefined ? text('side.connection.asking') : words(condition)}</p>
      {mayAsk && (
        <div className="actions">
          <button type="button" className="outlined" onClick={() => setAsked(asked + 1)}>
            {text('side.connection.ask-again')}
          </button>
        </div>
      )}
    </>
  );
}

function words(condition: DeploymentCondition): string {
  if (!condition.known) return text(`side.connection.condition.${condition.because}`);
  const health = text(`side.connection.health.${condition.health}`);
  if (condition.load === undefined) return health;
  return `${health} ${text('side.connection.load', { percent: Math.round(condition.load * 100) })}`;
}
