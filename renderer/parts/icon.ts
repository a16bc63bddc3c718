/** How every icon is drawn: 16 px, and silent, since the button around it has the name. */
export const ICON = { size: 16, strokeWidth: 2, 'aria-hidden': true } as const;
