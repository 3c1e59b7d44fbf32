// The function of `sqs-trigger demo`: an ordinary handler, run as Lambda would run it. It throws on an order
// that cannot be read, so that the message comes back and, after a few tries, goes to the dead-letter queue.
/** @param {{ Records: readonly { messageId: string, body: string }[] }} event */
export const handler = async (event) => {
  for (const record of event.Records) {
    // biome-ignore lint/suspicious/noConsole: this is how a function writes to its log
    console.log(`processing message ${record.messageId}`)
    const order = JSON.parse(record.body)
    if (order.broken) throw new Error(`order ${order.id} cannot be read`)
  }
}
