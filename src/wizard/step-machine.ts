import { isDeepStrictEqual } from 'node:util'

/** Thrown by a question that a person left with Esc, towards the question before it. */
export class WentBack extends Error {
  constructor() {
    super('left towards the question before')
    this.name = 'WentBack'
  }
}

interface Answered<Value> {
  readonly value: Value
  /** false: nothing had to be asked, so that Esc passes over this step. */
  readonly asked: boolean
}

/** One step towards a set of answers. */
export interface StepFor<Answers, Key extends keyof Answers> {
  readonly key: Key
  /** Earlier answers that this one rests on: when one of them changes, this one is forgotten. */
  readonly restsOn: readonly (keyof Answers)[]
  /**
   * The answer. `known` holds the earlier answers, and the one that was given here before Esc. `first`: there is no
   * question to go back to.
   * @throws WentBack for Esc; anything else ends all steps.
   */
  ask(known: Partial<Answers>, first: boolean): Promise<Answered<Answers[Key]>>
}

export type Step<Answers> = { [Key in keyof Answers]-?: StepFor<Answers, Key> }[keyof Answers]

/**
 * Goes from step to step, back where a person wants to, and forward again with the answers that still hold. `keep` is
 * told all of them after each, for who leaves before the last.
 * @throws WentBack when the first question is left with Esc, for the machine around this one.
 */
export async function runSteps<Answers extends object>(
  steps: readonly Step<Answers>[],
  keep: (answers: Partial<Answers>) => void = () => {},
): Promise<Answers> {
  let answers: Partial<Answers> = {}
  const asked: number[] = []
  for (let at = 0; at < steps.length; ) {
    const step = steps[at]
    if (step === undefined) break
    try {
      const { value, asked: wasAsked } = await step.ask(answers, asked.length === 0)
      answers = withAnswer(steps, answers, step.key, value)
      keep(answers)
      if (wasAsked) asked.push(at)
      at += 1
    } catch (error) {
      const before = error instanceof WentBack ? asked.pop() : undefined
      if (before === undefined) throw error
      at = before
    }
  }
  // Every step has given its answer.
  return answers as Answers
}

/** The answers with this one; what rests on another value of it is forgotten, and what rests on that. */
function withAnswer<Answers extends object, Key extends keyof Answers>(
  steps: readonly Pick<Step<Answers>, 'key' | 'restsOn'>[],
  answers: Partial<Answers>,
  key: Key,
  value: Answers[Key],
): Partial<Answers> {
  if (Object.hasOwn(answers, key) && isDeepStrictEqual(answers[key], value)) return answers
  const stale = new Set<keyof Answers>([key])
  for (const step of steps) if (step.restsOn.some((other) => stale.has(other))) stale.add(step.key)
  const kept = Object.entries(answers).filter(([name]) => ![...stale].includes(name as keyof Answers))
  // Object.entries forgets which names there are.
  return { ...(Object.fromEntries(kept) as Partial<Answers>), [key]: value }
}
