import type { Prompter } from '../cli/prompts/prompter.js'

/** What a person should know before a message is sent into a function. null: could not be read. */
export interface TestMessageFacts {
  readonly waiting: number | null
  /** Other mappings that read from the same queue. */
  readonly otherConsumers: number | null
  /** `4 days`: how long a rejected message comes back; null: the queue has a dead-letter queue. */
  readonly returnsFor: string | null
}

/**
 * Asks whether to send a test message, after saying what that does. Unless it was asked for, the preset is no.
 * `question`: whether it is enabled already.
 */
export async function askTestMessage(
  facts: TestMessageFacts,
  preset: boolean,
  prompter: Prompter,
  note: (line: string) => void,
  question = 'Send a test message once it is enabled?',
): Promise<boolean> {
  note('A test message makes the function really run, with that message in its event.')
  note(consumers(facts.otherConsumers))
  note(waiting(facts.waiting))
  if (facts.returnsFor !== null) {
    note(
      `The queue has no dead-letter queue: a message that the function rejects comes back for ${facts.returnsFor}.`,
    )
  }
  return prompter.confirm(question, preset)
}

function waiting(count: number | null): string {
  if (count === null) return 'How many messages wait could not be read.'
  if (count === 0) return 'No message waits in the queue now.'
  return `About ${count} ${count === 1 ? 'message waits' : 'messages wait'} in the queue now.`
}

function consumers(others: number | null): string {
  if (others === null) return 'Whether others read from this queue could not be read.'
  if (others === 0) return 'No other function in this account reads from this queue.'
  return `${others} other ${others === 1 ? 'function reads' : 'functions read'} from this queue, and may get the message instead.`
}
