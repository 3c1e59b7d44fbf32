import { createHash } from 'node:crypto'
import { unzipSync } from 'fflate'
import { AwsFault } from '../aws-fault.js'
import type { FunctionCode } from './state.js'

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: zipped (direct upload), unzipped. */
const zippedBytes = 50 * 1024 * 1024
const unzippedBytes = 250 * 1024 * 1024

/** Unpacks an uploaded archive in memory. Throws AwsFault on one that is broken, too big, or points outside of itself. */
export function unzipCode(archive: Uint8Array): FunctionCode {
  if (archive.length > zippedBytes) {
    throw refused(`Code must be at most ${zippedBytes} bytes zipped`)
  }
  return {
    kind: 'zip',
    files: unzip(archive),
    size: archive.length,
    sha256: createHash('sha256').update(archive).digest('base64'),
  }
}

function unzip(archive: Uint8Array): ReadonlyMap<string, Uint8Array> {
  let total = 0
  let files: Readonly<Record<string, Uint8Array>>
  try {
    files = unzipSync(archive, {
      // Asked before a file is unpacked, and unpacking never writes more than the size that the archive gives here.
      filter: ({ name, originalSize }) => {
        total += originalSize
        if (total > unzippedBytes) throw refused(`Unzipped size must be smaller than ${unzippedBytes} bytes`)
        if (pointsOutside(name)) throw refused(`the archive holds a file outside of itself: ${name}`)
        return !name.endsWith('/')
      },
    })
  } catch (error) {
    if (error instanceof AwsFault) throw error
    throw refused('Could not unzip uploaded file. Please check your file, then try to upload again.')
  }
  return new Map(Object.entries(files))
}

function pointsOutside(name: string): boolean {
  return /^([/\\]|[A-Za-z]:)/.test(name) || name.split(/[/\\]/).includes('..') || name.includes('\0')
}

function refused(message: string): AwsFault {
  return new AwsFault('InvalidParameterValueException', message, { recorded: false })
}
