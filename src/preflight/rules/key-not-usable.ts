import { awsFix } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

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
    return key.state === 'Enabled' ? good(`Key ${key.arn} is enabled.`, grounds) : bad(key, grounds)
  },
  message: ({ arn, state }, { queueName }) =>
    state === 'NotFound'
      ? `Key ${arn} of queue ${queueName} does not exist.`
      : `Key ${arn} of queue ${queueName} is ${state}.`,
  fix: ({ arn, state }, context) => {
    if (state === 'PendingDeletion') {
      return awsFix(
        context,
        'Take back the deletion, then enable the key.',
        'kms',
        'cancel-key-deletion',
        '--key-id',
        arn,
      )
    }
    if (state === 'Disabled') return awsFix(context, 'Enable the key.', 'kms', 'enable-key', '--key-id', arn)
    return awsFix(context, 'See what has become of the key.', 'kms', 'describe-key', '--key-id', arn)
  },
})
