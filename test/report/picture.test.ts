import { expect, test } from 'vitest'
import { openPage, pageOn } from '../../src/report/page.js'
import { plainPalette } from '../../src/report/palette.js'
import { pictureLines, type WirePicture } from '../../src/report/text/picture-lines.js'

const picture: WirePicture = {
  queue: 'orders',
  function: 'worker:live',
  settings: { batchSize: 100, batchWindowSeconds: 5, maxConcurrency: 3, reportBatchItemFailures: true },
  deadLetters: { kind: 'queue', name: 'orders-dlq', receives: 5 },
}
const plainOne: WirePicture = {
  ...picture,
  settings: {},
  deadLetters: { kind: 'none', returnsFor: '4 days' },
}

test.each<[string, WirePicture, number, boolean, readonly string[]]>([
  [
    'wide',
    picture,
    100,
    true,
    [
      '  orders ── batch 100 · window 5 s · at most 3 at a time · partial failures reported ──▶ worker:live',
      '  └─── after 5 receives ──▶ orders-dlq',
    ],
  ],
  [
    'narrow',
    picture,
    40,
    true,
    [
      '  orders',
      '  │ batch 100',
      '  │ window 5 s',
      '  │ at most 3 at a time',
      '  │ partial failures reported',
      '  ├─▶ worker:live',
      '  │ after 5 receives',
      '  └─▶ orders-dlq',
    ],
  ],
  [
    'without a dead-letter queue',
    plainOne,
    80,
    true,
    [
      '  orders ── batch 10 ──▶ worker:live',
      '  └─ no dead-letter queue: a message that fails comes back for 4 days',
    ],
  ],
  ['unread', { ...plainOne, deadLetters: null }, 80, true, ['  orders ── batch 10 ──▶ worker:live']],
  [
    'in ASCII',
    { ...picture, settings: {} },
    80,
    false,
    ['  orders -- batch 10 --> worker:live', '  `--- after 5 receives --> orders-dlq'],
  ],
  [
    'in ASCII and narrow',
    plainOne,
    30,
    false,
    ['  orders', '  | batch 10', '  `-> worker:live', '  no dead-letter queue'],
  ],
])('%s', (_name, drawn, columns, unicode, lines) => {
  expect(pictureLines(openPage(columns, unicode, plainPalette), drawn)).toEqual(lines)
})

test.each<[string, WirePicture, readonly string[]]>([
  [
    'with a dead-letter queue',
    { ...picture, settings: { maxConcurrency: 3 } },
    [
      'Messages of orders go to worker:live: batch 10, at most 3 at a time.',
      'A message that fails goes to orders-dlq after 5 receives.',
    ],
  ],
  [
    'without one',
    plainOne,
    [
      'Messages of orders go to worker:live: batch 10.',
      'There is no dead-letter queue: a message that fails comes back for 4 days.',
    ],
  ],
  ['unread', { ...plainOne, deadLetters: null }, ['Messages of orders go to worker:live: batch 10.']],
])('read aloud, the picture is sentences: %s', (_name, drawn, lines) => {
  const output = { columns: 80, tableColumns: 80, unicode: true, accessible: true }
  expect(pictureLines(pageOn(output, plainPalette), drawn)).toEqual(lines)
})
