import { faultsTable } from './faults-table.js'
import { moved } from './way.js'

faultsTable(moved, { part: 0, of: 2 }, 64, 1)
