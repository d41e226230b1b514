import fc from "fast-check";

/**
 * Properties are tried on the same examples in every run, so that a failure is that of a change. Other examples:
 * `PROPERTY_SEED=7 npx vitest run`, or `PROPERTY_SEED=any` for new ones each time.
 */
const given = process.env["PROPERTY_SEED"] ?? "20261123";
if (given !== "any") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(given) });
