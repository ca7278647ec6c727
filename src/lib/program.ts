/** The program's name and version, as exports and reports say it; the version is that of package.json. */
export const PROGRAM = 'Headlight 0.1.0';
