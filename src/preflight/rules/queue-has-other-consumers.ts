import type { Mapping } from '../../mapping.js'
import { exampleMapping } from '../examples/mapping.js'
import { advice } from '../fix.js'
import { bad, defineRule, good, unsure } from '../rule.js'
import { takesMessages } from '../same-function.js'

export default defineRule({
  slug: 'queue-has-other-consumers',
  group: 'mapping',
  title: 'Other functions read from the same queue',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'queue',
  needs: ['mappings', 'placement'],
  why: 'Consumers of one queue compete: each message goes to one of them, not to all. Consumers of other accounts, and programs that are no Lambda functions, cannot be seen.',
  example: {
    bad: {
      mappings: [
        { ...exampleMapping, functionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:billing' },
      ],
    },
    good: { mappings: [exampleMapping] },
  },
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html',
  ],
  judge: ({ mappings, placement }, { account }) => {
    const others = mappings.filter(
      ({ functionArn, state }) => functionArn !== placement.function.arn && state !== 'Deleting',
    )
    const taking = others.filter(takesMessages)
    const idle = listed(others.filter((mapping) => !takesMessages(mapping)))
    const grounds = { observed: taking.map(({ uuid }) => uuid), expected: [] }
    if (taking.length > 0) return bad({ taking, idle }, grounds)
    const beside = idle === '' ? '' : `; ${idle} takes none until it is switched on`
    const { name, account: owner } = placement.queue
    if (owner !== account) {
      return unsure(
        `no other function of account ${account} reads from queue ${name}${beside}; the consumers of account ${owner}, which owns it, cannot be seen from here`,
        grounds,
        undefined,
        'context',
      )
    }
    return good(`No other function of account ${account} reads from queue ${name}${beside}.`, {
      ...grounds,
      assumptions: [
        'No function of another account, and no program outside Lambda, reads from the queue: they cannot be seen from here.',
      ],
    })
  },
  message: ({ taking, idle }, { queueName }) =>
    `Queue ${queueName} already feeds ${listed(taking)}: each message reaches only one of them.${idle === '' ? '' : ` While switched off, ${idle} takes none.`}`,
  fix: (_, { queueName }) =>
    advice(
      `To give every function each message, publish to an SNS topic or an EventBridge bus with one queue a function, instead of ${queueName}.`,
    ),
})

const listed = (mappings: readonly Mapping[]) =>
  mappings
    .map(({ functionArn, uuid, state }) => `${functionArn.split(':function:')[1]} (${uuid}, ${state})`)
    .join(', ')
