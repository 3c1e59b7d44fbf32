import { advice } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'dead-letter-queue-type-differs',
  group: 'queue',
  title: 'Queue and dead-letter queue are of different types',
  severity: 'error',
  enforcedByAws: false,
  subject: 'queue',
  needs: ['queue', 'deadLetterQueue'],
  why: 'The dead-letter queue of a FIFO queue must be FIFO, that of a standard queue standard: otherwise messages cannot move.',
  example: {
    bad: { queue: { fifo: true }, deadLetterQueue: { fifo: false } },
    good: { queue: { fifo: false }, deadLetterQueue: { fifo: false } },
  },
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html',
  ],
  judge: ({ queue, deadLetterQueue }) => {
    const grounds = { observed: typeOf(deadLetterQueue.fifo), expected: typeOf(queue.fifo) }
    return queue.fifo === deadLetterQueue.fifo
      ? good(
          `Queue ${queue.name} and dead-letter queue ${deadLetterQueue.name} are both ${typeOf(queue.fifo)}.`,
          grounds,
        )
      : bad({ queue: queue.fifo, deadLetterQueue }, grounds)
  },
  message: ({ queue, deadLetterQueue }, { queueName }) =>
    `Queue ${queueName} is ${typeOf(queue)}, its dead-letter queue ${deadLetterQueue.name} is ${typeOf(deadLetterQueue.fifo)}.`,
  fix: ({ queue }, { queueName }) => advice(`Give queue ${queueName} a ${typeOf(queue)} dead-letter queue.`),
})

const typeOf = (fifo: boolean) => (fifo ? 'FIFO' : 'standard')
