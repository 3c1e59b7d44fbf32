/** All of it with `npm run matrix`, a sample otherwise. */
export const wholeMatrix = process.env.MATRIX === 'all'

/** Tries one after the other, and says how many passed. Returns all that there is to object to. */
export async function tally<Cell>(
  what: string,
  cells: readonly Cell[],
  attempt: (cell: Cell) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  if (cells.length === 0) return [`${what}: nothing was tried`]
  const objections: string[] = []
  let passed = 0
  let tried = 0
  for (const cell of cells) {
    const found = await attempt(cell).catch((error: unknown) => [
      `the test itself: ${error instanceof Error ? error.stack : String(error)}`,
    ])
    if (found.length === 0) passed += 1
    objections.push(...found)
    tried += 1
    if (tried % 100 === 0) process.stdout.write(`matrix: ${what}: at ${tried} of ${cells.length}\n`)
    if (wholeMatrix) for (const one of found) process.stdout.write(`matrix: ${one}\n`)
  }
  process.stdout.write(`matrix: ${what}: ${cells.length} cells tried, ${passed} passed\n`)
  return objections
}
