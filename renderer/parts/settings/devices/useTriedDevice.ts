import { useEffect, useState } from 'react';

/** Why a device did not open. */
export type TrialFault = 'blocked' | 'missing' | 'failed';

export interface Trial {
  stream?: MediaStream;
  fault?: TrialFault;
}

const NOTHING: Trial = {};

/**
 * Opens a device while `on`, and closes it afterwards.
 *
 * @param deviceId as this page knows it; `undefined` is the system's default
 */
export function useTriedDevice(
  device: 'microphone' | 'camera',
  deviceId: string | undefined,
  on: boolean,
): Trial {
  const [trial, setTrial] = useState<Trial>(NOTHING);
  useEffect(() => {
    if (!on) return undefined;
    let over = false;
    let opened: MediaStream | undefined;
    const close = () => opened?.getTracks().forEach((track) => track.stop());
    void openDevice(device, deviceId).then(
      (stream) => {
        opened = stream;
        if (over) close();
        else setTrial({ stream });
      },
      (error: unknown) => {
        if (!over) setTrial({ fault: faultOf(error) });
      },
    );
    return () => {
      over = true;
      close();
      setTrial(NOTHING);
    };
  }, [device, deviceId, on]);
  return trial;
}

/** The page may open a device in this moment only. */
async function openDevice(
  device: 'microphone' | 'camera',
  deviceId: string | undefined,
): Promise<MediaStream> {
  const wish = deviceId === undefined ? true : { deviceId: { exact: deviceId } };
  await window.parley.send('devices/opening', { device, on: true });
  try {
    return await navigator.mediaDevices.getUserMedia(
      device === 'microphone' ? { audio: wish } : { video: wish },
    );
  } finally {
    await window.parley.send('devices/opening', { device, on: false });
  }
}

function faultOf(error: unknown): TrialFault {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError') return 'blocked';
  // A device that has just been unplugged cannot fulfil what was asked for.
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'failed';
}
