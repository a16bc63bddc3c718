/** The user's own settings, in the profile's directory. */
export const USER_FILE = 'settings.json';
