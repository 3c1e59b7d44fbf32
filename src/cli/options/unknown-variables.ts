import { suggest } from '../../suggest.js'
import { commandList } from '../command-list.js'
import type { Host } from '../streams.js'
import { kebab } from './flag-names.js'
import { globalOptions } from './global-options.js'
import type { OptionSet } from './options.js'
import { variableOf } from './variables.js'

/**
 * Variables that look like ours and stand for no flag of any command: a slip of the finger would otherwise do nothing,
 * without a word. Loads every command, so only whoever wants to know asks.
 */
export async function unknownVariables(env: Host['env']): Promise<readonly string[]> {
  const set = Object.keys(env).filter((name) => name.startsWith('SQS_TRIGGER_') && env[name])
  if (set.length === 0) return []
  const known = await everyVariable()
  return set
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = suggest(name, known)
      return `${name} stands for no flag${meant === undefined ? ', and is ignored' : ` – did you mean ${meant}?`}`
    })
}

async function everyVariable(): Promise<readonly string[]> {
  const commands = await Promise.all(commandList.map(async ({ load }) => (await load()).default))
  const sets: readonly OptionSet[] = [globalOptions, ...commands.map(({ options }) => options)]
  const names = sets.flatMap((options) =>
    Object.entries(options).flatMap(([name, { kind }]) =>
      kind === 'negatable' ? [variableOf(name), variableOf(`no-${kebab(name)}`)] : [variableOf(name)],
    ),
  )
  return [...new Set(names)]
}
