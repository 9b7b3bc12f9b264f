/** Version of the package; part of every report. A test holds it to package.json. */
export const version = '0.1.0';
