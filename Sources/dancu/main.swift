import Commands

await DancuCommand.main()
