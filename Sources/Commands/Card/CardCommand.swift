import ArgumentParser

/// The command `dancu card`.
struct CardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card", abstract: "Thẻ căn cước: applications, cards and their life; files made and checked.",
        subcommands: [
            CardApplyCommand.self, CardStepCommand.self, CardDecideCommand.self, CardOrderCommand.self,
            CardDeliverCommand.self, CardChangeCommand.self, CardStatusCommand.self, CardListCommand.self,
            CardHistoryCommand.self, CardStatusListCommand.self, CardFeeCommand.self, CardDrawCommand.self,
            CardPaperCommand.self, CardInspectCommand.self, CardExportCommand.self, CardSpecimenCommand.self,
            CardChipCommand.self,
            CardCompareCommand.self, CardMatchCommand.self, CardCertificateCommand.self,
        ])
}
