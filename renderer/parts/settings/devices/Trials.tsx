/** Trying a device out, with no call: what one hears, sees or says stays in this window. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { text } from '../../../i18n/text';
import { listenToLevel } from './inputLevel';
import { playTone } from './tone';
import { type TrialFault, useTriedDevice } from './useTriedDevice';

interface TrialProps {
  /** As this page knows the device; `undefined` is the system's default. */
  deviceId: string | undefined;
  /** Whether there is one of that kind at all. */
  available: boolean;
}

interface MicrophoneTrialProps extends TrialProps {
  /** The test is begun. */
  onBegin?: () => void;
}

/** A bar that moves with the voice. */
export function MicrophoneTrial({ deviceId, available, onBegin }: MicrophoneTrialProps) {
  const [on, setOn] = useState(false);
  const { stream, fault } = useTriedDevice('microphone', deviceId, on && available);
  const meter = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (stream === undefined) return undefined;
    return listenToLevel(stream, (level) => {
      meter.current?.setAttribute('aria-valuenow', String(level));
      if (bar.current !== null) bar.current.style.width = `${level}%`;
    });
  }, [stream]);
  const toggle = (next: boolean) => {
    setOn(next);
    if (next) onBegin?.();
  };
  return (
    <TrialRow words="microphone" on={on} onToggle={toggle} available={available} fault={fault}>
      {stream !== undefined && (
        <div
          ref={meter}
          className="level"
          role="meter"
          aria-label={text('devices.level')}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={0}
        >
          <span ref={bar} />
        </div>
      )}
    </TrialRow>
  );
}

/** What the camera sees. */
export function CameraTrial({ deviceId, available }: TrialProps) {
  const [on, setOn] = useState(false);
  const { stream, fault } = useTriedDevice('camera', deviceId, on && available);
  const picture = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (picture.current !== null) picture.current.srcObject = stream ?? null;
  }, [stream]);
  return (
    <TrialRow words="camera" on={on} onToggle={setOn} available={available} fault={fault}>
      {stream !== undefined && (
        <video ref={picture} className="camera" aria-label={text('devices.picture')} autoPlay muted />
      )}
    </TrialRow>
  );
}

interface TrialRowProps {
  words: 'microphone' | 'camera';
  on: boolean;
  onToggle: (on: boolean) => void;
  available: boolean;
  fault: TrialFault | undefined;
  children: ReactNode;
}

function TrialRow({ words, on, onToggle, available, fault, children }: TrialRowProps) {
  return (
    <>
      <div className="trial">
        <button type="button" className="outlined" disabled={!available && !on} onClick={() => onToggle(!on)}>
          {text(on ? `devices.try.${words}.stop` : `devices.try.${words}`)}
        </button>
        {children}
      </div>
      {on && fault === undefined && <span className="hint">{text(`devices.try.${words}.hint`)}</span>}
      {fault !== undefined && (
        <span className="fault" role="alert">
          {text(`devices.fault.${fault}`)} {text(`device.advice.${fault}`)}
        </span>
      )}
    </>
  );
}

/** A tone on the chosen speaker. */
export function SpeakerTrial({ deviceId, available }: TrialProps) {
  const [state, setState] = useState<'idle' | 'playing' | 'failed'>('idle');
  const play = async () => {
    setState('playing');
    setState(
      await playTone(deviceId).then(
        () => 'idle',
        () => 'failed',
      ),
    );
  };
  return (
    <>
      <div className="trial">
        <button
          type="button"
          className="outlined"
          disabled={!available || state === 'playing'}
          onClick={() => void play()}
        >
          {text(state === 'playing' ? 'devices.try.speaker.playing' : 'devices.try.speaker')}
        </button>
      </div>
      {state === 'failed' && (
        <span className="fault" role="alert">
          {text('devices.fault.speaker')}
        </span>
      )}
    </>
  );
}
