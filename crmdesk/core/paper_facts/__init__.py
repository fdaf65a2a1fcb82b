"""The facts that each paper is made from: gathered by services and queries, drawn by documents."""
