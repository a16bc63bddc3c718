import { useEffect, useState } from 'react';

/** The devices as this page sees them while they are `shown`; `undefined` until it has looked. Their names it may know then alone. */
export function useOwnDevices(shown: boolean): readonly MediaDeviceInfo[] | undefined {
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>();
  useEffect(() => {
    if (!shown) return undefined;
    let over = false;
    const look = async () => {
      const found = await navigator.mediaDevices.enumerateDevices();
      if (!over) setDevices(found);
    };
    const lookAgain = () => void look();
    void window.parley.send('devices/section', { open: true }).then(look);
    navigator.mediaDevices.addEventListener('devicechange', lookAgain);
    return () => {
      over = true;
      navigator.mediaDevices.removeEventListener('devicechange', lookAgain);
      void window.parley.send('devices/section', { open: false });
    };
  }, [shown]);
  return devices;
}
