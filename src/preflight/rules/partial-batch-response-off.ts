import { limits } from '../../limits.js'
import { exampleMapping } from '../examples/mapping.js'
import { advice } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

/** Never switched on unasked: a handler that swallows its errors would lose messages. */
export default defineRule({
  slug: 'partial-batch-response-off',
  group: 'mapping',
  title: 'One failing message brings the whole batch back',
  severity: 'info',
  enforcedByAws: false,
  subject: 'mapping',
  needs: ['settings', 'existingMapping'],
  why: 'When the function fails on one message, all messages of the batch come back and count a receive. With ReportBatchItemFailures the function names those that failed; it must be written for that.',
  example: {
    bad: { settings: { batchSize: 10 } },
    good: { existingMapping: { mapping: { ...exampleMapping, reportBatchItemFailures: true } } },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html'],
  judge: ({ settings, existingMapping }) => {
    const existing = existingMapping?.mapping
    const on = settings.reportBatchItemFailures ?? existing?.reportBatchItemFailures ?? false
    const batchSize = settings.batchSize ?? existing?.batchSize ?? limits.batchSizeDefault.value
    const grounds = { observed: on, expected: true }
    if (on) return good('The function reports which messages of a batch failed.', grounds)
    return batchSize > 1 ? bad({ batchSize }, grounds) : good('Each batch is a single message.', grounds)
  },
  message: ({ batchSize }, { functionName }) =>
    `If function ${functionName} fails on one of up to ${batchSize} messages of a batch, all of them come back.`,
  fix: () => advice('If the function returns batchItemFailures, add --report-batch-item-failures.'),
})
