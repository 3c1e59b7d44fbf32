import { nameIn } from '../arn.js'
import { reworded, type SqsTriggerError } from '../errors.js'
import type { GivenNames } from '../operations/meant-names.js'
import type { Session } from '../operations/session.js'
import type { RunRecord } from '../report/run-record.js'
import { typedLine } from './typed-line.js'

/**
 * The error of a queue or function that does not exist, with the command that was probably meant where a name is near,
 * or where the two are the other way round; otherwise as it was.
 */
export async function withMeantTarget(
  error: SqsTriggerError,
  { findings, target }: RunRecord,
  argv: readonly string[],
  session: () => Promise<Session>,
): Promise<SqsTriggerError> {
  const given = namesIn(target)
  const failed = (rule: string) => findings.some((one) => one.rule === rule && one.status === 'fail')
  const isMissing = {
    queue: error.code === 'QUEUE_NOT_FOUND' || failed('queue-not-found'),
    function: error.code === 'FUNCTION_NOT_FOUND' || failed('function-not-found'),
  }
  const { meantNames } = await import('../operations/meant-names.js')
  const meant = await meantNames(given, isMissing, await session())
  const meantLine = lineWith(given, meant, argv)
  if (meantLine === undefined) return error
  return reworded(error, { hint: `did you mean: ${meantLine}` }, error.cause)
}

function namesIn(target: RunRecord['target']): GivenNames {
  return {
    ...(target?.queueArn ? { queue: nameIn(target.queueArn) } : {}),
    ...(target?.functionArn ? { function: unqualified(nameIn(target.functionArn)) } : {}),
  }
}

/** `order-worker` of `order-worker:live`. */
const unqualified = (name: string) => name.replace(/:.*$/s, '')

/** The command line with other names; undefined where nothing would be other. */
function lineWith(given: GivenNames, meant: GivenNames, argv: readonly string[]): string | undefined {
  const replaced = argv.map((word) => {
    if (word === given.queue && meant.queue !== undefined) return meant.queue
    if (unqualified(word) === given.function && meant.function !== undefined) {
      return `${meant.function}${word.slice(given.function.length)}`
    }
    return word
  })
  return replaced.some((word, index) => word !== argv[index]) ? typedLine(replaced, {}) : undefined
}
