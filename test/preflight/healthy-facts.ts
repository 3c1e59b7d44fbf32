import { exampleValues } from '../../src/preflight/examples/facts.js'
import { type Fact, known } from '../../src/preflight/fact.js'
import type { FactName, Facts } from '../../src/preflight/facts.js'
import type { ExampleFacts } from '../../src/preflight/rule.js'

export { exampleContext as context } from '../../src/preflight/examples/facts.js'

/** The healthy facts with some of them changed: objects member by member, everything else as a whole. */
export function factsWith(patch: ExampleFacts): Facts {
  const values = Object.entries(exampleValues(patch)).map(([name, value]) => [name, known(value)] as const)
  // One entry was made for each fact; Object.fromEntries forgets their names.
  return Object.fromEntries<Fact<unknown>>(values) as unknown as Facts
}

/** The healthy facts with one of them not known, or not there. */
export function factsWithout(name: FactName, gap: Fact<never>): Facts {
  return { ...factsWith({}), [name]: gap }
}
