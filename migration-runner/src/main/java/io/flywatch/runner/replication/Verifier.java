package io.flywatch.runner.replication;

import io.flywatch.events.command.CancelVerification;
import io.flywatch.events.command.StartVerification;
import io.flywatch.events.verification.VerificationFinished;
import io.flywatch.events.verification.VerificationProgress;
import java.util.Optional;

/** Compares sources and targets for others. */
public interface Verifier {

    /** Orders a verification; the same id again starts nothing. Answers whether the order was taken. */
    boolean order(StartVerification order);

    /** Has it stopped, if it is at work. Answers whether the order was taken. */
    boolean cancel(CancelVerification order);

    /** How far it is; empty before it has told, and after its end. */
    Optional<VerificationProgress> progress(String verificationId);

    /** What came out of it; empty before its end. */
    Optional<VerificationFinished> end(String verificationId);
}
