/** Version of the package; part of every report. A test holds it to package.json. */
export const version = '0.1.0';

/** Meaning of the numbers: raise the count when results may change within a version. Stored results of others are stale. */
export const semantics = `${version}/2`;
