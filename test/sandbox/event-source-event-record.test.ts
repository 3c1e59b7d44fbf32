import { describe, expect, test } from 'vitest'
import { toRecord } from '../../src/sandbox/event-source/event-record.js'
import type { ReceivedMessage } from '../../src/sandbox/sqs/message.js'

const queue = { arn: 'arn:aws:sqs:eu-west-1:111122223333:orders', region: 'eu-west-1' }
const plain: ReceivedMessage = {
  messageId: 'm-1',
  receiptHandle: 'handle',
  body: '{"order":1}',
  md5OfBody: 'a1b2',
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '1795406967123',
    SenderId: 'AROAEXAMPLE:session',
    ApproximateFirstReceiveTimestamp: '1795406967130',
  },
  messageAttributes: {},
  md5OfMessageAttributes: undefined,
}
const withAttributes: ReceivedMessage = {
  ...plain,
  messageAttributes: {
    Title: { DataType: 'String', StringValue: 'The Whistler' },
    Count: { DataType: 'Number', StringValue: '6' },
    Scan: { DataType: 'Binary', BinaryValue: 'AQI=' },
  },
  md5OfMessageAttributes: 'c3d4',
}

describe('the record that a function gets', () => {
  test('a plain message, members in order', () => {
    const record = toRecord(plain, queue, 0)
    expect(record).toEqual({
      messageId: 'm-1',
      receiptHandle: 'handle',
      body: '{"order":1}',
      attributes: plain.attributes,
      messageAttributes: {},
      md5OfBody: 'a1b2',
      eventSource: 'aws:sqs',
      eventSourceARN: queue.arn,
      awsRegion: 'eu-west-1',
    })
    expect(Object.keys(record)).toEqual([
      'messageId',
      'receiptHandle',
      'body',
      'attributes',
      'messageAttributes',
      'md5OfBody',
      'eventSource',
      'eventSourceARN',
      'awsRegion',
    ])
  })

  test.each([
    { window: 0, message: plain, present: false, value: undefined },
    { window: 1, message: plain, present: true, value: null },
    { window: 0, message: withAttributes, present: true, value: 'c3d4' },
    { window: 5, message: withAttributes, present: true, value: 'c3d4' },
  ])('md5OfMessageAttributes is $value with a window of $window s', ({ window, message, present, value }) => {
    const record = toRecord(message, queue, window)
    expect(Object.hasOwn(record, 'md5OfMessageAttributes')).toBe(present)
    expect(record.md5OfMessageAttributes).toBe(value)
  })

  test('message attributes carry both lists, always empty', () => {
    expect(toRecord(withAttributes, queue, 0).messageAttributes).toEqual({
      Title: { stringValue: 'The Whistler', stringListValues: [], binaryListValues: [], dataType: 'String' },
      Count: { stringValue: '6', stringListValues: [], binaryListValues: [], dataType: 'Number' },
      Scan: { binaryValue: 'AQI=', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
    })
  })
})
