/// The decisions of access: pure functions without a store and without a clock, one file for each question in
/// `Policy/`.
package enum AccessPolicy {}
