import type { UnknownClass } from '../permissions/decision.js'
import type { FactName, FactValues } from './facts.js'
import type { FindingEvidence, Fix, Gap, Group, Severity, Subject } from './finding.js'
import { tellGap } from './tell-gap.js'

/** Names and settings of this run, for sentences and commands. */
export interface RuleContext {
  readonly region: string
  readonly profile: string | null
  readonly endpoint: string | null
  readonly account: string
  readonly callerArn: string
  readonly queueName: string
  readonly queueArn: string
  /** As the user knows it: with the alias or version. */
  readonly functionName: string
  readonly functionArn: string
  readonly roleArn: string | null
  /** The customer's key that encrypts the queue, if there is one. */
  readonly customerKeyArn: string | null
  /** The key does not exist, or is being deleted: no policy is to name it. Default false. */
  readonly keyIsGone?: boolean
  readonly sendTest: boolean
  /** Name that a dead-letter queue is to have; undefined: nobody gave one. */
  readonly deadLetterName?: string
}

/** What a finding may carry beside its verdict. */
export interface Grounds {
  readonly observed?: unknown
  readonly expected?: unknown
  readonly certainty?: 'live' | 'simulated' | 'evaluated'
  readonly assumptions?: readonly string[]
  readonly evidence?: readonly FindingEvidence[]
}

/** What a rule says. `bad` carries what `message` and `fix` need. */
export type Outcome<Problem> =
  | { readonly kind: 'good'; readonly message: string; readonly grounds: Grounds }
  | { readonly kind: 'bad'; readonly problem: Problem; readonly grounds: Grounds }
  | { readonly kind: 'skip'; readonly reason: string }
  /** Nothing that can be read from here would tell. One sentence without a final full stop. */
  | {
      readonly kind: 'unknown'
      readonly reason: string
      readonly grounds: Grounds
      /** IAM action of the caller that would settle it, where one would. */
      readonly permission?: string | undefined
      /** What kind of thing is not known. Default `core`. */
      readonly class?: UnknownClass | undefined
    }

export const good = (message: string, grounds: Grounds = {}): Outcome<never> => ({
  kind: 'good',
  message,
  grounds,
})
export const bad = <Problem>(problem: Problem, grounds: Grounds = {}): Outcome<Problem> => ({
  kind: 'bad',
  problem,
  grounds,
})
export const unsure = (
  reason: string,
  grounds: Grounds = {},
  permission?: string,
  unknownClass?: UnknownClass,
): Outcome<never> => ({ kind: 'unknown', reason, grounds, permission, class: unknownClass })
export const skip = (reason: string): Outcome<never> => ({ kind: 'skip', reason })

/** Facts that differ from those of a healthy queue, function and role. */
export type ExampleFacts = { readonly [Name in FactName]?: FactValues[Name] | Partial<FactValues[Name]> }

/**
 * One judgement: one file, named after its slug. `judge` is given exactly the facts in `needs`, already known;
 * the engine answers `unknown` or `skip` when one is not.
 */
export interface RuleDefinition<Need extends FactName, Problem> {
  /** Names the bad thing, in kebab case. File name, JSON id and argument of `explain`. */
  readonly slug: string
  readonly group: Group
  /** The bad thing as one line without a full stop. */
  readonly title: string
  readonly severity: Severity
  /** true: AWS refuses it, so it cannot be ignored. */
  readonly enforcedByAws: boolean
  /**
   * Who refuses it before any call, as a usage error: the command line, or also the library. Default: nobody, so that
   * a preflight tells it.
   */
  readonly refusedBy?: 'command-line' | 'library'
  /** Slugs of rules that tell of the same cause: where one of them fails, this one is skipped. */
  readonly yieldsTo?: readonly string[]
  /** Slugs of rules that tell of a cause of this one in its place, which is then skipped. */
  readonly toldBy?: readonly string[]
  readonly needs: readonly Need[]
  readonly subject: Subject['kind']
  /** What AWS will do, in one or two sentences. */
  readonly why: string
  /** A state that the rule objects to and one that it accepts; a test judges both. */
  readonly example: { readonly bad: ExampleFacts; readonly good: ExampleFacts }
  /** Pages that state it. */
  readonly sources: readonly string[]
  /**
   * Why nothing turns on a fact that could not be read, from those that could: a sentence, and the rule is skipped.
   * undefined: something does. Default: it always does.
   */
  moot?(facts: Partial<Pick<FactValues, Need>>, context: RuleContext): string | undefined
  judge(facts: Pick<FactValues, Need>, context: RuleContext): Outcome<Problem>
  message(problem: Problem, context: RuleContext): string
  /** null: nothing that can be typed mends it. */
  fix(problem: Problem, context: RuleContext): Fix | null
}

/** A rule as the engine and the catalogue see it. */
export interface Rule extends Omit<RuleDefinition<FactName, unknown>, 'moot' | 'judge' | 'message' | 'fix'> {
  /** Why nothing turns on what could not be read; undefined: something does. */
  moot(facts: Partial<FactValues>, context: RuleContext): string | undefined
  /** Judges, and puts the outcome into words. */
  assess(facts: FactValues, context: RuleContext): Assessment
}

export interface Assessment {
  /** `unknown`: a fact that the rule needs is not known. */
  readonly kind: Outcome<unknown>['kind']
  readonly message: string
  readonly grounds: Grounds
  readonly fix: Fix | null
  /** Set for `unknown`. */
  readonly gap?: Gap
}

/** Makes a rule; the type of the problem is inferred from `judge`. */
export function defineRule<Need extends FactName, Problem>(definition: RuleDefinition<Need, Problem>): Rule {
  const { moot, judge, message, fix, ...about } = definition
  return {
    ...about,
    moot: (facts, context) => moot?.(facts, context),
    assess: (facts, context) => {
      const outcome = judge(facts, context)
      switch (outcome.kind) {
        case 'good':
          return { kind: 'good', message: outcome.message, grounds: outcome.grounds, fix: null }
        case 'bad':
          return {
            kind: 'bad',
            message: message(outcome.problem, context),
            grounds: outcome.grounds,
            fix: fix(outcome.problem, context),
          }
        case 'skip':
          return { kind: 'skip', message: outcome.reason, grounds: {}, fix: null }
        case 'unknown': {
          const { reason, grounds, permission = null, class: unknownClass = 'core' } = outcome
          const told = tellGap({ problem: about.title, reason, permission, class: unknownClass })
          return { kind: 'unknown', ...told, grounds, fix: null }
        }
      }
    },
  }
}
