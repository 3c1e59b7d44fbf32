import type { MappingSettings } from '../mapping.js'
import { advice } from './fix.js'
import type { ExampleFacts, Outcome, Rule } from './rule.js'
import { bad, defineRule, good, skip, unsure } from './rule.js'

/** A rule about what was asked for, seen against the type of the queue. Nothing in AWS needs to be read for it. */
export interface SettingsRule {
  readonly slug: string
  readonly title: string
  readonly why: string
  readonly sources: readonly string[]
  /** See RuleDefinition. */
  readonly refusedBy?: 'command-line' | 'library'
  readonly example: { readonly bad: ExampleFacts; readonly good: ExampleFacts }
  /** undefined: the settings do not touch this rule. */
  readonly assess: (
    settings: MappingSettings,
    queue: { readonly name: string; readonly fifo: boolean },
  ) => SettingsVerdict | undefined
}

export interface SettingsVerdict {
  /** `unsure`: it depends on the account, and nothing says how; `message` is the reason, without a final full stop. */
  readonly holds: boolean | 'unsure'
  readonly observed: unknown
  readonly expected: unknown
  readonly message: string
  /** What to type instead; only read when it does not hold. */
  readonly remedy: string
}

/** Makes a rule about the settings alone; AWS refuses every one of them. */
export function settingsRule({ assess, ...about }: SettingsRule): Rule {
  return defineRule({
    ...about,
    group: 'mapping',
    severity: 'error',
    enforcedByAws: true,
    subject: 'mapping',
    needs: ['settings', 'placement'],
    judge: ({ settings, placement: { queue } }): Outcome<SettingsVerdict> => {
      const verdict = assess(settings, queue)
      if (verdict === undefined) return skip('Not asked for.')
      const { observed, expected } = verdict
      if (verdict.holds === 'unsure') return unsure(verdict.message, { observed, expected })
      return verdict.holds
        ? good(verdict.message, { observed, expected })
        : bad(verdict, { observed, expected })
    },
    message: ({ message }) => message,
    fix: ({ remedy }) => advice(remedy),
  })
}

/** A whole number within its range. */
export function withinRange(
  value: number,
  range: { readonly from: number; readonly to: number },
  words: { readonly what: string; readonly flag: string },
): SettingsVerdict {
  const holds = Number.isInteger(value) && value >= range.from && value <= range.to
  const bounds = `${range.from.toLocaleString('en')} to ${range.to.toLocaleString('en')}`
  return {
    holds,
    observed: value,
    expected: range,
    message: holds
      ? `${words.what} ${value} is within ${bounds}.`
      : `${words.what} is ${value}; AWS takes ${bounds}.`,
    remedy: `Give ${words.flag} a whole number from ${bounds}.`,
  }
}
