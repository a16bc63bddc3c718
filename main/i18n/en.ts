/** English words of what the system draws for the main process: menus, the tray, questions. */
export const en = {
  'away.open': 'Open Parley',
  'away.mute': 'Mute microphone',
  'away.unmute': 'Unmute microphone',
  'away.camera.on': 'Turn on camera',
  'away.camera.off': 'Turn off camera',
  'away.share.stop': 'Stop sharing',
  'away.leave': 'Leave call',
  'away.quit': 'Quit Parley',
  'bar.title': 'Parley call',
  'bar.on-top': 'Keep on top',
  'bar.dismiss': 'Hide this bar',
  'bar.dismiss.tray': 'Hide this bar (the tray icon stays)',

  'tray.calling': 'Parley: entering a call',
  'tray.live': 'Parley: in {room}, others hear you',
  'tray.muted': 'Parley: in {room}, muted',
  'tray.unknown': 'Parley: in {room}, microphone not known',
  'tray.sharing': '{state}, others see your screen',

  'quit.title': 'You are in a call',
  'quit.detail': 'If you quit, you leave it. Without an answer Parley quits in {seconds} seconds.',
  'quit.stay': 'Stay',
  'quit.leave': 'Leave and quit',
} as const;
