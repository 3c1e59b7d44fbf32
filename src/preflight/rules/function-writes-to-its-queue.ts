import { roleNameOf } from '../../arn.js'
import { granted } from '../examples/judgements.js'
import { advice } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'function-writes-to-its-queue',
  group: 'loops',
  title: 'The function can send to the queue that calls it',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'function',
  needs: ['writesBack'],
  why: 'A function that answers each message with one to the same queue calls itself without end. Lambda stops such a loop after about 16 rounds, where loop detection is on and sees it; every round is paid for.',
  example: {
    bad: { writesBack: { variables: ['QUEUE_URL'], maySend: granted, asDeadLetterQueue: false } },
    good: { writesBack: { variables: [], maySend: null, asDeadLetterQueue: false } },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html'],
  judge: ({ writesBack }, { functionName, queueName }) => {
    const { variables, maySend, asDeadLetterQueue } = writesBack
    const grounds = {
      observed: { variables, deadLetterQueue: asDeadLetterQueue },
      expected: { variables: [], deadLetterQueue: false },
      ...(maySend === null ? {} : { certainty: maySend.certainty, assumptions: maySend.assumptions }),
    }
    if (asDeadLetterQueue || maySend?.decision.verdict === 'allowed')
      return bad({ asDeadLetterQueue, variables }, grounds)
    return good(
      maySend === null
        ? `No environment variable of function ${functionName} names queue ${queueName}.`
        : `Function ${functionName} is given queue ${queueName} in its environment, but its role may not send to it.`,
      grounds,
    )
  },
  message: ({ asDeadLetterQueue, variables }, { functionName, queueName }) =>
    asDeadLetterQueue
      ? `Queue ${queueName} calls function ${functionName}, and is its dead-letter queue, too: what Lambda gives up comes back to the function.`
      : `Queue ${queueName} calls function ${functionName}, which may send to it and is given it in its environment (${variables.join(', ')}).`,
  fix: ({ asDeadLetterQueue }, { functionName, queueName, roleArn }) =>
    advice(
      asDeadLetterQueue
        ? `Give function ${functionName} another dead-letter queue, or none.`
        : `If that is meant, see that each message comes to an end. If not, take sqs:SendMessage on ${queueName} from role ${roleNameOf(roleArn ?? '')}.`,
    ),
})
