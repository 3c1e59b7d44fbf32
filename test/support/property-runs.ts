/**
 * How many random worlds a slow property is tried on: a few by `npm test`, so that it stays quick, and many by
 * `npm run test:wider`, which runs the same files again.
 */
export const propertyRuns = (few: number, many: number): number => (process.env.MANY_RUNS ? many : few)
