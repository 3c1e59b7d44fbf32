import type { Prompter } from '../cli/prompter.js'
import { SqsTriggerError } from '../errors.js'

/** Where the names to choose from come from. Each may be refused: typing then takes the place of choosing. */
export interface TargetSource {
  queues(): Promise<readonly string[]>
  functions(): Promise<readonly string[]>
}

export interface TargetAnswers {
  readonly queue: string
  readonly function: string
}

/** Asks for what is missing of a queue and a function; nothing is asked twice. */
export async function askTarget(
  given: { readonly queue: string | undefined; readonly function: string | undefined },
  source: TargetSource,
  prompter: Prompter,
  note: (line: string) => void,
): Promise<TargetAnswers> {
  const queue = given.queue ?? (await askOne(queueQuestion, source.queues, prompter, note))
  const functionName = given.function ?? (await askOne(functionQuestion, source.functions, prompter, note))
  return { queue, function: functionName }
}

interface NameQuestion {
  readonly choose: string
  readonly type: string
  readonly plural: string
}

const queueQuestion: NameQuestion = {
  choose: 'Queue',
  type: 'Queue (name, URL or ARN)',
  plural: 'queues',
}

const functionQuestion: NameQuestion = {
  choose: 'Function',
  type: 'Function (name, name:alias or ARN)',
  plural: 'functions',
}

async function askOne(
  question: NameQuestion,
  read: () => Promise<readonly string[]>,
  prompter: Prompter,
  note: (line: string) => void,
): Promise<string> {
  const names = await readable(question, read, note)
  if (names.length === 0) return typed(question, prompter)
  const choices = [...names].sort().map((value) => ({ value }))
  const answer = await prompter.choose(`${question.choose} (${names.length} found, type to filter):`, [
    ...choices,
    { value: '', name: 'Type a name or an ARN instead' },
  ])
  return answer === '' ? typed(question, prompter) : answer
}

/** What can be read; nothing, with a word about it, where AWS refuses. Any other failure ends the run. */
async function readable(
  { plural }: NameQuestion,
  read: () => Promise<readonly string[]>,
  note: (line: string) => void,
): Promise<readonly string[]> {
  try {
    const names = await read()
    if (names.length === 0) note(`There are no ${plural} in this account and Region.`)
    return names
  } catch (error) {
    if (!(error instanceof SqsTriggerError) || error.code !== 'ACCESS_DENIED') throw error
    note(`AWS does not let you list ${plural}; type the name.`)
    return []
  }
}

const typed = async ({ type }: NameQuestion, prompter: Prompter) =>
  (
    await prompter.ask(`${type}:`, (answer) => (answer.trim() === '' ? 'Type a name or an ARN.' : undefined))
  ).trim()
