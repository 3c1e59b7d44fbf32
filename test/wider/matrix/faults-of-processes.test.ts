import { faultsTable } from './faults-table.js'
import { processes } from './way.js'

faultsTable(processes, { part: 0, of: 1 }, 190, 10)
