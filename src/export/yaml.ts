import type { ExportFormat } from './export-format.js'

/** The file that `plan` and `apply` read. */
const format: ExportFormat = {
  needs: ['tags'],
  write: ({ mappings }) => ({
    text: `triggers:\n${mappings.map(({ mapping }) => `  - queue: ${mapping.queueArn}\n    function: ${mapping.functionArn}\n`).join('')}`,
    notes: [],
  }),
}

export default format
