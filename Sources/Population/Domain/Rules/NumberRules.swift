import Civil

/// Quy tắc về số định danh cá nhân (Nghị định 70/2024/NĐ-CP, Điều 11, as amended by 58/2026/NĐ-CP).
enum NumberRules {
    static func check(_ content: ActContent, in context: RuleContext) throws(Refusal) {
        guard let state = context.persons.values.first else { throw .personNotFound }
        switch content {
        case .numberAssigned(let assignment):
            if state.life.status == .dead { try context.forbid(.alreadyDead) }
            if state.number != nil { throw .numberHeld }
            try checkFree(assignment.number, for: state, context)
        case .numberCancelled(let cancellation):
            guard state.number == cancellation.number else { throw .numberNotInForce }
            if cancellation.ground.needsRequest, !cancellation.requested { throw .requestNeeded }
        case .numberReestablished(let number):
            guard state.number == number.replaces else { throw .numberNotInForce }
            if number.ground.needsRequest, !number.requested { throw .requestNeeded }
            try checkFree(number.number, for: state, context)
        default: break  // `ActRules.check` passes only these
        }
    }

    private static func checkFree(
        _ number: String, for state: PersonState, _ context: RuleContext
    ) throws(Refusal) {
        if state.details.birthRegistrationPlace == nil { throw .numberNeedsBirthRegistration }
        if let holder = context.numbers[number] {
            throw holder.person == state.person && holder.cancelled ? .numberWasCancelled : .numberBelongsToAnother
        }
        guard let parsed = try? PersonalIdentificationNumber(parsing: number) else { throw .numberNotInForce }
        if context.demonstration, !parsed.isTest { throw .numberNotTestPrefix }
        if !context.demonstration, parsed.isTest { throw .numberTestPrefix }
    }
}
