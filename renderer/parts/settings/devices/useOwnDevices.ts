import { useEffect, useState } from 'react';

/** The devices as this page sees them; `undefined` until it has looked. Their names it may know while it shows them. */
export function useOwnDevices(): readonly MediaDeviceInfo[] | undefined {
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>();
  useEffect(() => {
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
  }, []);
  return devices;
}
