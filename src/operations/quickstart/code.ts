/**
 * The function of the quickstart: logs each message, and says which of a batch failed, so that only those come back. Of
 * a FIFO queue everything behind a failure comes back, too, which keeps the order.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 * CommonJS, because a file called index.js without a package.json is that.
 */
export function quickstartCode({ fifo, sms }: { readonly fifo: boolean; readonly sms: boolean }): string {
  const publish = [
    '  await sns.send(',
    '    new PublishCommand({ PhoneNumber: process.env.PHONE_NUMBER, Message: record.body.slice(0, 140) }),',
    '  )',
  ]
  return [
    ...(sms
      ? [
          "const { PublishCommand, SNSClient } = require('@aws-sdk/client-sns')",
          '',
          'const sns = new SNSClient({})',
          '',
        ]
      : []),
    '// Your work goes here. What it throws for, and only that, comes back.',
    'async function handle(record) {',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code of the function
    '  console.log(`message ${record.messageId}: ${record.body}`)',
    ...(sms ? publish : []),
    '}',
    '',
    'exports.handler = async ({ Records }) => {',
    '  const batchItemFailures = []',
    '  for (const record of Records) {',
    '    try {',
    ...(fifo
      ? [
          '      // In a FIFO queue what comes behind a failure waits for it.',
          "      if (batchItemFailures.length > 0) throw new Error('an earlier message failed')",
        ]
      : []),
    '      await handle(record)',
    '    } catch (error) {',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code of the function
    '      console.error(`message ${record.messageId} failed:`, error)',
    '      batchItemFailures.push({ itemIdentifier: record.messageId })',
    '    }',
    '  }',
    '  return { batchItemFailures }',
    '}',
    '',
  ].join('\n')
}
