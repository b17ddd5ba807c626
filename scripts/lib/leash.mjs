// Preloaded into a server: when the process that started it is gone, however it ended, the whole group goes as well.
if (process.connected) process.on('disconnect', () => process.kill(0, 'SIGKILL'))
