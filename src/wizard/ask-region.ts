import type { Prompter } from '../cli/prompts/prompter.js'
import { partitionOf } from '../partition.js'
import { regions } from '../regions.js'
import { regionPattern } from '../target-names.js'

/**
 * Asks for another Region of the same partition: credentials mean nothing in another. `current` undefined: there is
 * none yet, and nothing to go back to. `before`: the one that was chosen last.
 * @throws WentBack
 */
export async function askRegion(
  current: string | undefined,
  prompter: Prompter,
  before?: string,
): Promise<string> {
  const canGoBack = current !== undefined
  const { name } = partitionOf(current ?? '')
  const places = new Map(regions.filter(([region]) => partitionOf(region).name === name))
  const rows = [...places.keys()].filter((region) => region !== current).map(rowOf)
  const answer = await prompter.list({
    label: 'Region',
    plural: 'Regions',
    preset: before,
    source: {
      rows: () => rows,
      cells: ({ key }) => [places.get(key) ?? ''],
      look: () => {},
      reading: () => false,
      onChange: () => () => {},
    },
    typeInstead: 'Type the name of a Region',
    judge,
    canGoBack,
  })
  if (answer.kind === 'row') return answer.row.key
  if (answer.kind === 'typed') return answer.text
  return (await prompter.ask('Region:', (text) => judge(text.trim()), { canGoBack })).trim()
}

const rowOf = (region: string) => ({ key: region, name: region })

const judge = (text: string) =>
  regionPattern.test(text) ? undefined : 'Names of Regions look like eu-central-1.'
