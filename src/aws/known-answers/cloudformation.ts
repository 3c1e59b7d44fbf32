import type { KnownAnswer } from './known-answer.js'
import { command } from './words.js'

/** What CloudFormation says of a stack after something in it failed; the cause stands elsewhere. */
export const cloudFormationAnswers: readonly KnownAnswer[] = [
  {
    slug: 'stack-rolled-back',
    title: 'CloudFormation stopped because something else in the stack failed before',
    code: 'REJECTED_BY_AWS',
    consequence: true,
    says: 'Resource creation cancelled',
    when: [
      { text: /^Resource (?:creation|update) cancelled/i },
      { text: /^The following resource\(s\) failed to (?:create|update|delete): / },
      // The states of a stack: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events-by-operation.html
      { text: /\b(?:UPDATE_)?ROLLBACK_(?:COMPLETE|IN_PROGRESS|FAILED)\b/ },
    ],
    message: () =>
      'This is a consequence: something else in the stack failed before, and its reason says why.',
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/determine-root-cause-for-stack-failures.html
    hint: (call) =>
      [
        'Paste the reason of the first event that failed; in the console, Events and Detect root cause lead to it. This lists them, the first failure last:',
        command(
          'aws',
          call,
          ...['cloudformation', 'describe-stack-events', '--stack-name', '<stack>', '--output', 'text'],
          ...['--query', 'StackEvents[?contains(ResourceStatus, `FAILED`)].[ResourceStatusReason]'],
        ),
      ].join('\n'),
  },
]
