/** How calls begin when the user has set nothing. */
export const asByDefault = { startMuted: false, cameraOff: false, audioOnly: false, config: {} } as const;
