import * as z from 'zod'

// Schemas here parse a few times in the life of a process: compiling each to machine code costs tens of milliseconds and megabytes and is never earned back.
z.config({ jitless: true })
