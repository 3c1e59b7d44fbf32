import { awsCommand } from '../../command-line.js'
import { advice, awsFix } from '../fix.js'
import { bad, defineRule, good, unsure } from '../rule.js'

/** Multi-Region keys pass through Creating and Updating for a moment, and AWS may add words. */
const unusable: readonly string[] = [
  'Disabled',
  'PendingDeletion',
  'PendingReplicaDeletion',
  'PendingImport',
  'Unavailable',
  'NotFound',
]

export default defineRule({
  slug: 'key-not-usable',
  group: 'key',
  title: 'The key that encrypts the queue cannot be used',
  severity: 'error',
  enforcedByAws: false,
  subject: 'key',
  needs: ['key'],
  why: 'Messages can neither be sent nor received while the key is disabled, being deleted or gone.',
  example: { bad: { key: { state: 'Disabled' } }, good: { key: { state: 'Enabled' } } },
  sources: ['https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html'],
  judge: ({ key }) => {
    const grounds = { observed: key.state, expected: 'Enabled' }
    if (key.state === 'Enabled') return good(`Key ${key.arn} is enabled.`, grounds)
    return unusable.includes(key.state)
      ? bad(key, grounds)
      : unsure(`key ${key.arn} is ${key.state}, and whether it can be used then is not certain`, grounds)
  },
  message: ({ arn, state }, { queueName }) =>
    state === 'NotFound'
      ? `Key ${arn} of queue ${queueName} does not exist.`
      : `Key ${arn} of queue ${queueName} is ${state}.`,
  fix: ({ arn, account, state }, context) => {
    if (account !== '' && account !== context.account) {
      return advice(`Whoever administers the key, in account ${account}, must make it usable again.`)
    }
    const kms = (operation: string) => awsCommand(context, 'kms', operation, '--key-id', arn)
    if (state === 'PendingDeletion') {
      // A key whose deletion was taken back is disabled.
      const text = `${kms('cancel-key-deletion')} && ${kms('enable-key')}`
      const summary = 'Take back the deletion, then enable the key.'
      return { summary, commands: [{ shell: 'posix', text }], automatic: false }
    }
    if (state === 'Disabled') return awsFix(context, 'Enable the key.', 'kms', 'enable-key', '--key-id', arn)
    return awsFix(context, 'See what has become of the key.', 'kms', 'describe-key', '--key-id', arn)
  },
})
