/** `4 days`, `30 minutes`: how long a queue keeps what nobody deletes. */
export function retention(seconds: number): string {
  const count = Math.round((seconds / 86_400) * 10) / 10
  if (count >= 1) return `${count} ${count === 1 ? 'day' : 'days'}`
  const minutes = Math.max(1, Math.round(seconds / 60))
  return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
}
