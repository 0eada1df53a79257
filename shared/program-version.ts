/** Of this program, as `package.json` has it: a test keeps them equal. */
export const PROGRAM_VERSION = '0.1.0';
